// What is typed in a page and where its reader is: read when the vault locks, put back when it is open again.
const LEFT_OUT = new Set(["password", "file", "submit", "button", "image", "reset"]);
const checkable = (one) => one.type === "checkbox" || one.type === "radio";

// Forms are found again by where they are sent, and by their order among those.
function keyed() {
  const seen = {};
  return [...document.forms].map((form) => {
    const to = new URL(form.getAttribute("action") || location.href, location.href);
    const path = to.pathname + to.search;
    seen[path] = (seen[path] ?? -1) + 1;
    return [form, path, `${path}#${seen[path]}`];
  });
}

const fields = (form) => [...form.elements].filter((one) => one.name && one.name !== "csrfmiddlewaretoken" && !LEFT_OUT.has(one.type));

function changed(one) {
  if (checkable(one)) return one.checked !== one.defaultChecked;
  if (!one.options) return one.value !== one.defaultValue;
  const all = [...one.options], chosen = all.some((option) => option.defaultSelected);
  return all.some((option, i) => option.selected !== (chosen || one.multiple ? option.defaultSelected : i === 0));
}

// `skip`: forms whose text is kept elsewhere. `all`: the page came back with what was sent before, so nothing is new to it.
export function typedIn(skip, all) {
  const found = [];
  for (const [form, to, key] of keyed()) {
    if (skip.has(form)) continue;
    const shown = fields(form).filter((one) => one.type !== "hidden");
    const given = (one) => (checkable(one) ? one.checked : one.value);
    const names = [...new Set(shown.filter((one) => (all && form.method === "post" && given(one)) || changed(one)).map((one) => one.name))];
    const pairs = fields(form).flatMap((one) => {
      if (checkable(one)) return one.checked ? [[one.name, one.value]] : [];
      return one.options ? [...one.selectedOptions].map((option) => [one.name, option.value]) : [[one.name, one.value]];
    });
    if (names.length) found.push({ to, key, get: form.method !== "post", names, fields: pairs });
  }
  return found;
}

export function whereIAm() {
  const at = document.activeElement;
  const [, , key] = (at?.name && keyed().find(([form]) => form === at.form)) || [];
  const nth = key && [...at.form.elements].filter((one) => one.name === at.name).indexOf(at);
  return {
    focus: key ? { key, name: at.name, nth, start: at.selectionStart ?? null, end: at.selectionEnd ?? null, inside: at.scrollTop, top: at.getBoundingClientRect().top } : null,
    top: scrollY,
    open: [...document.querySelectorAll("details")].map((one) => one.open),
  };
}

// Returns whether everything found its field again.
export function putBack(forms) {
  const here = new Map(keyed().map(([form, , key]) => [key, form]));
  let whole = true;
  for (const kept of forms) {
    const form = here.get(kept.key);
    for (const name of kept.names) {
      const values = kept.fields.filter(([one]) => one === name).map(([, value]) => value);
      const places = form ? fields(form).filter((one) => one.name === name && one.type !== "hidden") : [];
      whole = fill(places, values) && whole;
    }
  }
  return whole;
}

function fill(places, values) {
  const left = [...values];
  for (const one of places) {
    const before = one.value + one.checked;
    if (checkable(one)) one.checked = values.includes(one.value);
    else if (one.options) for (const option of one.options) option.selected = values.includes(option.value);
    else one.value = left.shift() ?? "";
    if (one.value + one.checked !== before) for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  const known = places.flatMap((one) => (one.options ? [...one.options] : checkable(one) ? [one] : [])).map((one) => one.value);
  return left.every((value) => !value || known.includes(value));
}

export function goBack({ focus, top, open }) {
  const folds = [...document.querySelectorAll("details")];
  if (folds.length === open.length) folds.forEach((one, i) => { one.open = open[i]; });
  const [form] = (focus && keyed().find(([, , key]) => key === focus.key)) || [];
  const at = form && [...form.elements].filter((one) => one.name === focus.name)[focus.nth];
  at?.focus({ preventScroll: true });
  if (at && focus.start !== null) at.setSelectionRange(focus.start, focus.end);
  if (at) at.scrollTop = focus.inside;
  scrollTo(0, top);
  // What stands above may be higher or lower than before: the field she was in is where her eyes are.
  if (at) scrollBy(0, at.getBoundingClientRect().top - focus.top);
}
