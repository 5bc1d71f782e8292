import { expect, it } from "vitest";
import { changeOf, filterValues, questionOf, readJournalSearch } from "./search";

const NOTHING = readJournalSearch({});

it("asks for whole days of the workspace", () => {
  const search = readJournalSearch({
    account: "cash",
    from: "2026-03-01",
    to: "2026-03-31",
    currency: "eur",
  });
  expect(questionOf(search, "Europe/Warsaw")).toMatchObject({
    account: "cash",
    currency: "EUR",
    from: "2026-02-28T23:00:00.000Z",
    to: "2026-03-31T22:00:00.000Z",
  });
  expect(questionOf(NOTHING, "UTC")).not.toHaveProperty("from");
});

it("keeps the filters in the address and takes them out again", () => {
  const search = readJournalSearch({
    partner: "prt_1",
    conversion: "cnv_1",
    from: "2026-03-01",
    to: "2026-03-02",
  });
  const values = filterValues(search);
  expect(values.dates).toEqual({ from: "2026-03-01", to: "2026-03-02" });
  expect(changeOf(values, search)).toMatchObject({
    partner: "prt_1",
    conversion: "cnv_1",
    from: "2026-03-01",
  });
  expect(changeOf({ ...values, dates: undefined, conversion: " " }, search)).toMatchObject({
    conversion: undefined,
    from: undefined,
    to: undefined,
  });
});

it("lets a new owner take the place of the other kind of owner", () => {
  const search = readJournalSearch({ partner: "prt_1" });
  const both = { ...filterValues(search), advertiser: "adv_1" };
  expect(changeOf(both, search)).toMatchObject({ partner: undefined, advertiser: "adv_1" });
});
