import { readCookies } from './cookies.js';

/** The user that a request comes from; undefined for visitors, who get the public pages. */
export function authenticate(request, store) {
  const id = readCookies(request.headers.cookie).get('session');
  if (id === undefined) return undefined;
  return store.touch(id)?.user;
}
