import { expect, it } from "vitest";
import { invitableRoles, placeOf } from "./place";

it("offers a manager no staff roles", () => {
  expect(invitableRoles("manager")).toEqual(["partner", "advertiser"]);
  expect(invitableRoles("owner")).toContain("finance");
});

it("sends only the row that the role acts for", () => {
  const chosen = { partner_id: "prt_1", advertiser_id: "adv_1" };
  expect(placeOf({ role: "partner", ...chosen })).toEqual({
    role: "partner",
    partner_id: "prt_1",
    advertiser_id: null,
  });
  expect(placeOf({ role: "advertiser", ...chosen })).toEqual({
    role: "advertiser",
    partner_id: null,
    advertiser_id: "adv_1",
  });
  expect(placeOf({ role: "owner", ...chosen })).toEqual({
    role: "owner",
    partner_id: null,
    advertiser_id: null,
  });
});
