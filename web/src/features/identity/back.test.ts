import { describe, expect, it } from "vitest";
import { safeBack } from "./back";

const origin = "https://track.example";
const back = (raw?: string) => safeBack(raw, origin);

describe("the way back after signing in", () => {
  it("is a path of this site, with its question and fragment", () => {
    expect(back("/offers?state=active#goals")).toBe("/offers?state=active#goals");
    expect(back("/")).toBe("/");
  });

  it("is the start page where none was given", () => {
    expect(back()).toBe("/");
    expect(back("")).toBe("/");
    expect(back("offers")).toBe("/");
  });

  it("never leaves the site", () => {
    for (const raw of [
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "/.//evil.example",
      "https://evil.example/",
      "javascript:alert(1)",
      "/\\/evil.example",
    ]) {
      expect(new URL(back(raw), origin).origin, raw).toBe(origin);
      expect(back(raw), raw).toBe("/");
    }
  });

  it("does not lead to a door again", () => {
    expect(back("/sign-in?back=/sign-in")).toBe("/");
    expect(back("/reset-password")).toBe("/");
  });
});
