// Whoever chooses the country where a person is reads its emergency numbers at once, before anything is saved.
const chosen = document.querySelector("select[name=country]");
const fold = document.querySelector("[data-elsewhere]");

chosen?.addEventListener("change", () => {
  const country = fold?.querySelector(`[data-country="${chosen.value}"]`);
  if (!country) return;
  fold.querySelector("dl").prepend(country, country.nextElementSibling);
  fold.open = true;
});
