/** Small helpers around the elements of the page. */

/** The element with this id. */
export const $ = (id) => document.getElementById(id);

/** Shows or hides elements by id: {id: visible}. */
export function show(visibility) {
  for (const [id, visible] of Object.entries(visibility)) $(id).hidden = !visible;
}

/** Sets text by id, only where it differs, so that screen readers are not told twice. */
export function say(texts) {
  for (const [id, text] of Object.entries(texts)) {
    if ($(id).textContent !== text) $(id).textContent = text;
  }
}

/** A new element with properties and children. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
