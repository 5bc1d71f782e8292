/** What a partner writes behind its link: sub ids of its own, and the site or placement the visitor came from. */
export const SUB_IDS = [
  "sub1",
  "sub2",
  "sub3",
  "sub4",
  "sub5",
  "sub6",
  "sub7",
  "sub8",
  "sub9",
  "sub10",
] as const;
export const SOURCE = "source_id";

export type LinkParameter = (typeof SUB_IDS)[number] | typeof SOURCE;
export type LinkParameters = Partial<Record<LinkParameter, string>>;

/** Marks the click of a test, in the sub id that is used the least. */
export const TEST_MARK = { name: "sub10", value: "tributary-test" } as const;

/** Bytes of a value that the tracking door keeps; the rest is cut. */
export const VALUE_BYTES_MAX = 256;

const ORDER: readonly LinkParameter[] = [...SUB_IDS, SOURCE];

/** Brackets stay: traffic sources fill in their own macros, such as {zoneid}, only where they are spelt plainly. */
function encoded(value: string): string {
  return encodeURIComponent(value).replace(/%(7B|7D|5B|5D|24)/gi, (code) => decodeURIComponent(code));
}

/** The link's address with the parameters that are filled in. */
export function linkAddress(url: string, parameters: LinkParameters): string {
  const pairs = ORDER.flatMap((name) => {
    const value = parameters[name]?.trim();
    return value ? [`${name}=${encoded(value)}`] : [];
  });
  if (pairs.length === 0) return url;
  return `${url}${url.includes("?") ? "&" : "?"}${pairs.join("&")}`;
}

export function isTooLong(value: string | undefined): boolean {
  return new TextEncoder().encode(value?.trim() ?? "").length > VALUE_BYTES_MAX;
}
