import { IconChecks } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { useReport } from "~/domain/report";
import { addDays, todayIn } from "~/ui/dates";
import { useFormat } from "~/ui/format";
import classes from "./home.module.css";
import { Waits } from "./Waits";

const LOOK_BACK_DAYS = 365;

/** Conversions that wait for the advertiser's verdict; nothing is shown when none does. */
export function AdvertiserWaiting() {
  const { t } = useTranslation("portal");
  const { number } = useFormat();
  const today = todayIn(useMe().workspace.timezone);
  const from = addDays(today, -LOOK_BACK_DAYS);
  const { data } = useReport({ from, to: today, dimensions: [], metrics: ["pending"] });
  const pending: unknown = data?.totals.pending;
  return (
    <div className={classes.waits}>
      {typeof pending === "number" && pending > 0 && (
        <Waits
          to="/conversions"
          search={{ status: "pending", period: "last_12_months" }}
          icon={<IconChecks size={18} aria-hidden />}
        >
          {t("waits.judge", { count: pending, number: number(pending) })}
        </Waits>
      )}
    </div>
  );
}
