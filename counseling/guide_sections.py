"""Which section of the guides each page leads to, by its URL name or the room it belongs to."""

RECAPS = ("guru-mengisi", "wali-kelas-rekap-kelas", "bk-rekap-kelas")
LISTS = ("wali-kelas-rekap-kelas", "bk-rekap-kelas")
DAILY = ("wali-kelas-kehadiran-harian", *LISTS)
CASES = ("bk-kasus", "wali-kelas-kasus", "kepala-sekolah-kasus", "umum-siswa")
CALENDAR = ("bk-kalender", "kepala-sekolah-kalender", "kunjungan-petugas-kunjungan")
VISITS = ("bk-kasus", "kepala-sekolah-persetujuan", "kunjungan-petugas-kunjungan")
FOLLOW_UPS = (
    *("bk-tindak-lanjut", "guru-tindak-lanjut-untuk-saya", "wali-kelas-tindak-lanjut-untuk-saya"),
    "umum-beranda",
)
CONFERENCES = (
    *("bk-konferensi-kasus", "guru-diundang-ke-konferensi-kasus"),
    *("wali-kelas-diundang-ke-konferensi-kasus", "umum-beranda"),
)
OF_CONFERENCES = ("plan", "reschedule", "hold", "minutes", "minutes_print", "decide", "cancel")
STUDENTS = ("umum-siswa",)
FILES = ("umum-unduh-daftar",)
PEOPLE = ("operator-guru-dan-staf",)
OFFICES = ("operator-jabatan",)
REQUESTS = ("kepala-sekolah-permintaan-operator", "bk-koordinator", *OFFICES)
USUAL = "umum-beranda"
REPLACEMENTS = ("operator-guru-diganti-kelas-digabungkan",)
NEW_YEAR = ("operator-tahun-pelajaran-baru",)
GOINGS = ("operator-siswa-pindah-masuk-dan-keluar",)
REFERRING = (
    *("cases:refer_out", "support:referral", "support:prepare_referral", "support:send_referral"),
    *(f"support:referral_{name}" for name in ("consent", "number", "answer")),
    "support:edit_referral",
    "support:withdraw_referral",
)
SECTIONS: dict[str, tuple[str, ...]] = {
    "recaps:my_recaps": ("guru-rekap-saya", USUAL),
    "recaps:recap": ("guru-setelah-diserahkan", *LISTS),
    "recaps:return_recap": ("wali-kelas-susulan-dan-pengembalian",),
    "recaps:class_list": LISTS,
    "recaps:class_lists": LISTS,
    "recaps:class_list_student": LISTS,
    "recaps:class_list_knowledge": LISTS,
    "recaps:class_list_hand_over": LISTS,
    "recaps:attendance": DAILY,
    "recaps:attendance_day": DAILY,
    "recaps:google": ("guru-isi-dari-google",),
    "recaps:google_fill": ("guru-isi-dari-google",),
    "recaps:attendance_file": ("wali-kelas-kehadiran-dari-file",),
    "recaps:attendance_template": ("wali-kelas-kehadiran-dari-file",),
    "recaps": RECAPS,
    "cases:new": ("bk-kasus-baru",),
    "cases:log_contacts": ("bk-mencatat-kontak",),
    "cases:log_contact": ("bk-mencatat-kontak", "wali-kelas-kasus"),
    **dict.fromkeys(
        (
            *("cases:write_note", "cases:confidential_notes", "cases:confidential_note"),
            *("cases:correct_note", "cases:delete_note", "cases:read_left", "cases:pass_on"),
        ),
        ("bk-catatan-rahasia",),
    ),
    "cases:assign": ("bk-koordinator",),
    "cases:give_class": ("bk-koordinator",),
    **dict.fromkeys(
        ("cases:hand_over", "cases:hand_over_all", "cases:hand_over_class"),
        ("bk-serah-terima-kasus",),
    ),
    "cases": CASES,
    "homevisits:progress": ("bk-laporan-progres", "kepala-sekolah-laporan"),
    "homevisits:progress_cases": ("bk-laporan-progres", "kepala-sekolah-laporan"),
    **dict.fromkeys(("homevisits:month", "homevisits:week"), CALENDAR),
    "homevisits:day": ("bk-kalender", "kunjungan-petugas-kunjungan", "kepala-sekolah-kalender"),
    **dict.fromkeys(
        ("homevisits:photos", "homevisits:sign_report", "homevisits:sign_consent"),
        ("bk-foto-dan-tanda-tangan", "kunjungan-petugas-kunjungan"),
    ),
    **dict.fromkeys(
        ("homevisits:schedule", "homevisits:reschedule"), ("bk-menjadwalkan-kunjungan",)
    ),
    "homevisits:feed": ("umum-akun",),
    "homevisits": VISITS,
    "support:follow_ups": ("bk-tindak-lanjut",),
    "support:conference": CONFERENCES,
    **{f"support:{name}": CONFERENCES[:1] for name in OF_CONFERENCES},
    "support:agree": ("bk-tindak-lanjut",),
    **dict.fromkeys(("support:follow_up", "support:finish"), FOLLOW_UPS),
    **dict.fromkeys(("support:put_off", "support:drop"), ("bk-tindak-lanjut",)),
    "support": ("bk-bantuan-untuk-siswa", "kepala-sekolah-persetujuan"),
    **dict.fromkeys(REFERRING, ("bk-alih-tangan-kasus",)),
    **dict.fromkeys(
        ("reports:evaluations", "reports:evaluation", "reports:return_evaluation"),
        ("bk-evaluasi", "kepala-sekolah-laporan"),
    ),
    "reports:write_evaluation": ("bk-evaluasi",),
    **dict.fromkeys(
        ("reports:running", "reports:late"),
        ("bk-laporan-semester-berjalan", "kepala-sekolah-laporan"),
    ),
    "reports:ask_feedback": ("bk-umpan-balik",),
    "reports:feedback_results": ("bk-umpan-balik", "kepala-sekolah-laporan"),
    **dict.fromkeys(
        (
            *("reports:semester_reports", "reports:semester_report"),
            *("reports:semester_report_version", "reports:semester_report_json"),
            *("reports:semester_report_texts", "reports:freeze_semester"),
            "reports:unfreeze_semester",
        ),
        ("bk-laporan-semester", "kepala-sekolah-laporan-semester", "waka-laporan-semester"),
    ),
    **dict.fromkeys(
        ("reports:effectiveness", "reports:years"),
        ("bk-efektivitas-dan-antar-tahun", "wali-kelas-laporan", "kepala-sekolah-laporan"),
    ),
    "reports": (
        *("wali-kelas-laporan", "kepala-sekolah-laporan", "bk-laporan"),
        "umum-laporan",
    ),
    "school:account": ("umum-akun",),
    "account_change_password": ("umum-akun",),
    "school:students": ("umum-siswa",),
    **dict.fromkeys(
        (
            *("school:students_file", "school:progress", "cases:cases_file"),
            *("homevisits:visits_file", "homevisits:progress_cases_file"),
            *("support:follow_ups_file", "support:assistances_file"),
            *("recaps:class_lists_file", "recaps:class_list_file", "recaps:my_recaps_file"),
            "recaps:attendance_month_file",
            *(f"school:{of}_file" for of in ("people", "classes", "groups", "subjects")),
            *("school:semesters_file", "school:recap_periods_file"),
        ),
        FILES,
    ),
    **dict.fromkeys(("school:give_office", "school:end_office", "school:ask_for"), OFFICES),
    "school:office_requests": REQUESTS,
    "school:office_request": REQUESTS,
    "school:answer_office_request": REQUESTS,
    **dict.fromkeys(
        ("school:people", "school:person", "school:add_person", "school:person_history"), PEOPLE
    ),
    "school:correct_student": STUDENTS,
    "school:add_guardian": STUDENTS,
    "school:correct_guardian": STUDENTS,
    "school:add_student": ("operator-data-siswa",),
    "school:edit_student": ("operator-data-siswa",),
    "school:student_history": ("operator-data-siswa",),
    "school:delete_guardian": ("operator-data-siswa",),
    **dict.fromkeys(
        (
            *("school:classes", "school:add_class", "school:class", "school:class_history"),
            *("school:add_classes", "school:class_order", "school:homeroom", "school:end_homeroom"),
            "school:homerooms",
        ),
        ("operator-kelas-dan-wali-kelas",),
    ),
    **dict.fromkeys(
        (
            *("school:teaching", "school:teaching_matrix", "school:paste_teaching"),
            "school:subject_teachers",
        ),
        ("operator-tugas-mengajar",),
    ),
    **dict.fromkeys(
        (
            *("school:groups", "school:add_group", "school:group", "school:group_history"),
            *("school:join_group", "school:leave_group", "school:group_teachers"),
        ),
        ("operator-kelompok",),
    ),
    "school:counselors": ("operator-guru-bk-tiap-kelas",),
    "school:move_class": GOINGS,
    "school:arrive": GOINGS,
    "school:leave": GOINGS,
    "school:replace_teacher": REPLACEMENTS,
    "school:pass_classes": REPLACEMENTS,
    "school:merge_class": REPLACEMENTS,
    "school:new_year": NEW_YEAR,
    "school:new_year_classes": NEW_YEAR,
    "school:new_year_class": NEW_YEAR,
    "school:new_year_students": NEW_YEAR,
    "school:new_year_student": NEW_YEAR,
    "school:new_year_file": NEW_YEAR,
    "school:new_year_check": NEW_YEAR,
    "school:changes": ("operator-riwayat-perubahan",),
    "school:change": ("operator-riwayat-perubahan",),
    **dict.fromkeys(
        (
            f"school:{name}{page}"
            for name in ("semester", "recap_period", "policy", "school_days")
            for page in ("", "_history")
        ),
        ("operator-semester",),
    ),
    **dict.fromkeys(
        (
            f"school:{name}"
            for name in (
                *("semesters", "add_semester", "recap_periods", "add_recap_period"),
                "first_recap",
            )
        ),
        ("operator-semester",),
    ),
    **dict.fromkeys(
        (
            f"school:{name}{page}"
            for name in ("profile", "letterhead", "letter_numbers")
            for page in ("", "_history")
        ),
        ("operator-kop-surat",),
    ),
    **dict.fromkeys(
        (
            *("school:imports", "school:import_plan", "school:import_discard"),
            *("school:import_template", "school:import_refused"),
        ),
        ("operator-data-dari-file",),
    ),
    "school": ("operator-data-sekolah",),
    **dict.fromkeys(
        (
            *("mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn"),
            *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
            *("mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        ),
        ("umum-verifikasi-dua-langkah",),
    ),
    "sessions": ("umum-akun",),
    "search": ("umum-mencari",),
    "student": ("wali-kelas-catatan-siswa", "bk-catatan-siswa", "umum-siswa"),
    "student_record": ("wali-kelas-catatan-siswa", "bk-catatan-siswa", "umum-siswa"),
    "home": ("kepala-sekolah-beranda", "operator-memulai-sekolah-baru", USUAL),
    "help": (USUAL,),
}
"""URL name, or its room → the sections that say how to use the page, the first of one's own."""
