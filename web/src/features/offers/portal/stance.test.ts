import { expect, it } from "vitest";
import type { Offer } from "../model";
import { isMine, mayJoin, stanceOf } from "./stance";

type Standing = Pick<Offer, "state" | "visibility" | "enrollment">;
const offer = (
  visibility: Offer["visibility"],
  enrolled?: NonNullable<Offer["enrollment"]>["state"],
): Standing => ({
  state: "active",
  visibility,
  enrollment: enrolled ? { id: "enr", state: enrolled, reason: null } : undefined,
});

it("tells what a partner may do next", () => {
  expect(stanceOf(offer("public"))).toBe("may_join");
  expect(stanceOf(offer("by_approval"))).toBe("may_ask");
  expect(stanceOf(offer("by_approval", "requested"))).toBe("waiting");
  expect(stanceOf(offer("private", "testing"))).toBe("joined");
  expect(stanceOf(offer("private", "rejected"))).toBe("may_ask_again");
  expect(stanceOf(offer("public", "ended"))).toBe("may_join");
  expect(stanceOf({ ...offer("public"), state: "paused" })).toBe("closed");
});

it("sorts offers into one's own and those to be had", () => {
  expect(isMine(offer("by_approval", "requested"))).toBe(true);
  expect(isMine(offer("by_approval", "rejected"))).toBe(false);
  expect(mayJoin(offer("by_approval", "rejected"))).toBe(true);
  expect(mayJoin(offer("by_approval", "paused"))).toBe(false);
});
