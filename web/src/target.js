/** What a person types or a link carries, turned into what the phone needs. No DOM in here. */

/**
 * A typed target as something JsSIP can dial: a SIP URI stays, a phone number loses its
 * visual separators (RFC 3966 section 5.1.1), everything else loses surrounding blanks.
 * @param {string} typed
 * @returns {string} empty if nothing was typed
 */
export function dialable(typed) {
  const text = typed.trim();
  return /^\+?[\d\s().*#/-]+$/.test(text) ? text.replace(/[\s()./-]/g, '') : text;
}

/**
 * What to dial for calling somebody again, who may have been shown by a name.
 * @param {{user?: string, host: string}} uri of the other party
 * @param {string} domain our own
 * @returns {string} empty if nobody can be reached there, as with a caller who stays unknown
 */
export function redialable({ user, host }, domain) {
  if (!user || host.endsWith('.invalid')) return '';
  return host === domain.toLowerCase() ? user : `${user}@${host}`;
}

/**
 * The sign-in form's first values, from a fragment such as `#user=1001&domain=example.com`.
 * A password in the fragment is ignored: addresses end up in histories and logs.
 * @param {string} fragment location.hash
 * @param {{protocol: string, host: string, hostname: string}} page location
 * @param {string} [served] the domain the server names as its own
 * @returns {{user: string, domain: string, server: string, to: string}}
 */
export function prefill(fragment, page, served) {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  return {
    user: given.get('user') ?? '',
    domain: given.get('domain') ?? served ?? page.hostname,
    server: given.get('server') ?? `${page.protocol === 'http:' ? 'ws' : 'wss'}://${page.host}/`,
    to: given.get('to') ?? '',
  };
}

/**
 * Seconds as a call timer: 0:05, 12:34, 1:02:03.
 * @param {number} seconds
 * @returns {string}
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (n) => String(n).padStart(2, '0');
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}
