import { expect, it } from "vitest";
import { invitationState } from "./invitationState";

const now = Date.parse("2026-11-22T12:00:00Z");
const week = "2026-11-29T12:00:00Z";

it("tells what became of an invitation", () => {
  expect(invitationState({ expires_at: week }, now)).toBe("open");
  expect(invitationState({ expires_at: "2026-11-22T12:00:00Z" }, now)).toBe("expired");
  expect(invitationState({ expires_at: week, revoked_at: "2026-11-22T10:00:00Z" }, now)).toBe("withdrawn");
  expect(
    invitationState({ expires_at: "2026-11-01T12:00:00Z", accepted_at: "2026-10-30T10:00:00Z" }, now),
  ).toBe("accepted");
});
