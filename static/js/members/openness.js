// A hidden space is joined by invitation only: choosing it takes the policy along.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.name !== "visibility" || input.value !== "hidden" || !input.checked) return;
  const invitation = input.form?.querySelector('input[name="join_policy"][value="invitation"]');
  if (invitation) invitation.checked = true;
});
