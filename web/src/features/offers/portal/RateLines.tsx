import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { conditionsInWords } from "~/features/plans/words/conditionWords";
import { whatInWords } from "~/features/plans/words/ruleWords";
import { useSpeaker } from "~/features/plans/words/speaker";
import type { Goal, Offer } from "../model";
import { type OwnRate, ratesToTell } from "./ownRates";
import classes from "./portal.module.css";

const NO_NAMES = {};

/** What a goal pays in some countries, from some order on, in steps and so on: all that holds for this partner. */
export function RateLines({ offer, goal }: { offer: Offer; goal: Goal }) {
  const { t } = useTranslation("portal");
  const speaker = useSpeaker(offer.currency, NO_NAMES);
  const rates = ratesToTell(offer, goal);
  if (rates.length === 0) return null;
  const said = (rate: OwnRate) => {
    // The goal is the line's own.
    const when = conditionsInWords({ ...rate.conditions, goal_id: null }, speaker).join(", ");
    const what = whatInWords(rate, speaker);
    return when ? t("earn.rate", { when, what }) : what;
  };
  return (
    <ul className={classes.rates} aria-label={t("earn.rates", { goal: goal.name })} translate="no">
      {rates.map((rate) => (
        <Text key={JSON.stringify(rate)} component="li" size="sm">
          {said(rate)}
        </Text>
      ))}
    </ul>
  );
}
