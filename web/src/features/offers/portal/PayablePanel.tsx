import { useTranslation } from "react-i18next";
import type { Offer } from "../model";
import { payableAfterDays } from "./clocks";
import { Panel } from "./Panel";
import classes from "./portal.module.css";

/** The way of a conversion to money, as steps. */
export function PayablePanel({ offer }: { offer: Offer }) {
  const { t } = useTranslation("portal");
  const { validation_days: days, validation_expiry: expiry, hold_days: hold } = offer;
  const startsPending = offer.conversion_start === "pending";
  const by = payableAfterDays(offer);
  const expiryWords = { stay: t("payable.stay"), approve: t("payable.approve"), reject: t("payable.reject") };
  const steps = [
    !startsPending && t("payable.at_once"),
    startsPending && (days > 0 ? t("payable.pending", { count: days }) : t("payable.pending_open")),
    startsPending && days > 0 && expiryWords[expiry],
    hold > 0 ? t("payable.hold", { count: hold }) : t("payable.no_hold"),
    by !== undefined && by > 0 && t("payable.sum", { count: by }),
  ].filter((step) => step !== false);
  return (
    <Panel title={t("payable.title")}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Panel>
  );
}
