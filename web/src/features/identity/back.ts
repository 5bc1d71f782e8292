const START = "/";
/** Pages of the open frame; going back to one after signing in would be going round in a circle. */
const DOORS = [
  "/sign-in",
  "/forgot-password",
  "/reset-password",
  "/accept-invitation",
  "/confirm-account",
  "/setup",
];

/** Where to go after signing in: a path of this site as it stood in the address, else the start page. Never another site. */
export function safeBack(raw: string | undefined, origin: string = window.location.origin): string {
  if (!raw?.startsWith("/") || !URL.canParse(raw, origin)) return START;
  const url = new URL(raw, origin);
  // A path such as `/.//elsewhere` keeps the origin here and loses it when it is read again.
  if (url.origin !== origin || url.pathname.startsWith("//") || DOORS.includes(url.pathname)) return START;
  return url.pathname + url.search + url.hash;
}
