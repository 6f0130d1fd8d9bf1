/* Passkeys: hands the form of a page to allauth's scripts, and says it when they fail. */
(() => {
  "use strict";
  const forms = window.allauth.webauthn.forms;
  const failed = document.getElementById("passkey-failed");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    failed.hidden = false;
  });
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const kind = button.dataset.passkey;
    const credential = button.form.elements.credential.id;
    const passwordless = button.form.elements.passwordless?.id;
    const ids = { [kind]: button.id, credential, passwordless, data: "passkey-data" };
    forms[`${kind}Form`]({ ids });
    button.addEventListener("click", () => (failed.hidden = true));
  }
})();
