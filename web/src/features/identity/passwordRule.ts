/** The server's rule: length is what counts, and not one character repeated. */
export const PASSWORD_CHARS_MIN = 10;
export const PASSWORD_CHARS_MAX = 200;

export type PasswordVerdict =
  | { kind: "short"; missing: number }
  | { kind: "same" }
  | { kind: "long" }
  | { kind: "good" };

export function judgePassword(plain: string): PasswordVerdict {
  const characters = [...plain];
  if (characters.length < PASSWORD_CHARS_MIN)
    return { kind: "short", missing: PASSWORD_CHARS_MIN - characters.length };
  if (characters.length > PASSWORD_CHARS_MAX) return { kind: "long" };
  return { kind: new Set(characters).size === 1 ? "same" : "good" };
}
