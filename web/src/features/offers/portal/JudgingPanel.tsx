import { useTranslation } from "react-i18next";
import type { Offer } from "../model";
import { Panel } from "./Panel";
import classes from "./portal.module.css";

/** The way of a conversion as the advertiser judges it. */
export function JudgingPanel({ offer }: { offer: Offer }) {
  const { t } = useTranslation("portal");
  const { validation_days: days, validation_expiry: expiry, hold_days: hold } = offer;
  const startsPending = offer.conversion_start === "pending";
  const expiryWords = { stay: t("judging.stay"), approve: t("judging.approve"), reject: t("judging.reject") };
  const steps = [
    !startsPending && t("judging.at_once"),
    startsPending && (days > 0 ? t("judging.pending", { count: days }) : t("judging.pending_open")),
    startsPending && days > 0 && expiryWords[expiry],
    hold > 0 && t("judging.hold", { count: hold }),
  ].filter((step) => step !== false);
  return (
    <Panel title={t("judging.title")}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Panel>
  );
}
