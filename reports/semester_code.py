"""A semester in an address, by its code: /laporan/semester/2020/2021-1/."""


class SemesterCode:
    regex = r"\d{4}/\d{4}-[12]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
