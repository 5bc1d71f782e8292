import { useTranslation } from "react-i18next";
import { fieldText } from "~/domain/refusals";
import { useWords } from "~/domain/words";
import { NOTHING, useFormat } from "~/ui/format";
import type { Owed } from "./model";
import { needsDetails } from "./payday";
import classes from "./payouts.module.css";

/** Whether the bank or service would take a partner's account, told of whom a batch made now would pay; or what it lacks. */
export function DetailsCell({ owed }: { owed: Owed }) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const { money } = useFormat();
  const { fault, missing, own_invoice } = owed;
  if (fault) {
    return (
      <span className={classes.bad}>
        {t("details.fault", { field: word("payee_field", fault.field), why: fieldText(fault.message) })}
      </span>
    );
  }
  if (owed.standing === "missing") {
    const differs = missing.includes("invoice_differs") && own_invoice;
    const words = missing.map((each) => word("hold_reason", each)).join(", ");
    return (
      <span className={classes.bad}>
        {differs
          ? t("details.differs", { accepted: money(own_invoice.accepted), due: money(own_invoice.due) })
          : t("details.missing", { missing: words })}
      </span>
    );
  }
  if (!needsDetails(owed.method)) return <span>{t("details.not_needed")}</span>;
  if (owed.standing !== "ready") return <span>{NOTHING}</span>;
  return <span className={classes.good}>{t("details.complete")}</span>;
}
