import { expect, it } from "vitest";
import { expiryOf, keyState, scopesByNoun } from "./keys";

const now = Date.parse("2026-11-22T12:00:00Z");

it("tells a live key from one that ran out or was revoked", () => {
  expect(keyState({}, now)).toBe("live");
  expect(keyState({ expires_at: "2026-12-01T00:00:00Z" }, now)).toBe("live");
  expect(keyState({ expires_at: "2026-11-22T12:00:00Z" }, now)).toBe("expired");
  expect(keyState({ revoked_at: "2026-11-01T00:00:00Z", expires_at: "2026-11-02T00:00:00Z" }, now)).toBe(
    "revoked",
  );
});

it("puts the scopes of one noun side by side", () => {
  expect(scopesByNoun(["audit:read", "offers:read", "offers:write"])).toEqual([
    { noun: "audit", scopes: ["audit:read"] },
    { noun: "offers", scopes: ["offers:read", "offers:write"] },
  ]);
});

it("counts a key's life in days", () => {
  expect(expiryOf("forever", now)).toBeNull();
  expect(expiryOf("30", now)).toBe("2026-12-22T12:00:00.000Z");
});
