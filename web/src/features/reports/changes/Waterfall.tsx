import { useTranslation } from "react-i18next";
import classes from "./changes.module.css";
import type { Changes, Split } from "./query";
import { placeOf, type Step, stepsOf } from "./steps";
import { useChangeText } from "./useChangeText";

/** The way from the number before to the number now, a bar for each value that moved it. */
export function Waterfall({ changes, split }: { changes: Changes; split: Split }) {
  const { t } = useTranslation("changes");
  const { figure, effect, name } = useChangeText(changes);
  const steps = stepsOf(changes, split);
  const label = (step: Step) => {
    if (step.kind === "value") return name(split.dimension, split.values[step.at ?? 0]?.value);
    if (step.kind === "others") return t("others");
    return step.kind === "before" ? t("before") : t("now");
  };
  const isEnd = (step: Step) => step.kind === "before" || step.kind === "now";
  const side = (step: Step) => (isEnd(step) ? "end" : step.to >= step.from ? "up" : "down");
  return (
    <ol className={classes.waterfall} aria-label={t("waterfall")}>
      {steps.map((step) => {
        const { start, length } = placeOf(step, steps);
        return (
          <li key={`${step.kind} ${step.at ?? ""}`} className={classes.step}>
            <span className={classes.name} translate="no">
              {label(step)}
            </span>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.bar}
                data-side={side(step)}
                style={{ insetInlineStart: `${start}%`, width: `max(${length}%, 2px)` }}
              />
            </span>
            <span className={classes.figure}>
              {isEnd(step) ? figure(step.to) : effect(step.to - step.from)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
