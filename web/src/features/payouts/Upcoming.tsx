import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import type { NextPayout } from "./model";
import classes from "./payouts.module.css";

const SHOWN_FIRST = 5;

/** The days on which what is approved becomes payable. */
export function Upcoming({ next }: { next: NextPayout }) {
  const { t } = useTranslation("payouts");
  const { date, number } = useFormat();
  const [isAll, setIsAll] = useState(false);
  const { upcoming, later, frozen } = next;
  if (upcoming.length === 0 && later.minor === 0 && frozen.minor === 0) return null;
  const shown = isAll ? upcoming : upcoming.slice(0, SHOWN_FIRST);
  const hidden = upcoming.length - shown.length;
  return (
    <div>
      <table className={classes.upcoming} aria-label={t("upcoming.title")}>
        <thead>
          <tr>
            <th scope="col">{t("upcoming.day")}</th>
            <th scope="col">{t("upcoming.conversions")}</th>
            <th scope="col">{t("upcoming.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ day, amount, conversions }) => (
            <tr key={day}>
              <td>{date(day)}</td>
              <td>{number(conversions)}</td>
              <td>
                <Money value={amount} />
              </td>
            </tr>
          ))}
          {later.minor !== 0 && !hidden && (
            <tr>
              <td colSpan={2}>{t("upcoming.later")}</td>
              <td>
                <Money value={later} />
              </td>
            </tr>
          )}
          {frozen.minor !== 0 && (
            <tr>
              <td colSpan={2}>{t("upcoming.frozen")}</td>
              <td>
                <Money value={frozen} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {hidden > 0 && (
        <Button variant="subtle" color="gray" mt="xs" onClick={() => setIsAll(true)}>
          {t("upcoming.more", { count: hidden, shown: number(hidden) })}
        </Button>
      )}
    </div>
  );
}
