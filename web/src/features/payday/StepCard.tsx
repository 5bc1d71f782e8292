import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { StatusChip, type Tone } from "~/ui/StatusChip";
import { When } from "~/ui/When";
import type { Board, Item, Standing, Step } from "./model";
import classes from "./payday.module.css";
import { placeOf } from "./places";

const TONES: Record<Standing, Tone> = { blocked: "bad", waits: "pending", done: "good", rests: "neutral" };

/** One step of the month: how it stands, and each thing on it with a way to its rows. */
export function StepCard({ step, number, board }: { step: Step; number: number; board: Board }) {
  const { t } = useTranslation("payday");
  const word = useWords();
  const name = word("payday_step", step.step);
  return (
    <li className={classes.step}>
      <div className={classes.stepHead}>
        <h2 className={classes.stepName}>
          <span className={classes.stepNumber} aria-hidden>
            {number}
          </span>
          {name}
        </h2>
        <StatusChip tone={TONES[step.standing]} label={word("payday_standing", step.standing)} />
      </div>
      {step.items.length === 0 ? (
        <p className={classes.nothing}>{t("nothing")}</p>
      ) : (
        <ul className={classes.items} aria-label={name}>
          {step.items.map((item) => (
            <li key={`${item.kind} ${item.currency}`}>
              <ItemRow item={item} board={board} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** How many of what, how much, since when, and why it does not go on. */
function ItemRow({ item, board }: { item: Item; board: Board }) {
  const { t } = useTranslation("payday");
  const word = useWords();
  const { number, money } = useFormat();
  const { kind, standing, count, amounts, since } = item;
  return (
    <HrefLink href={placeOf(item, board)} className={classes.item} data-standing={standing}>
      <span className={classes.count}>{number(count)}</span>
      <span className={classes.what}>
        <span>{word("payday_kind", kind)}</span>
        {standing !== "done" && <span className={classes.why}>{word("payday_why", kind)}</span>}
        {since && standing !== "done" && (
          <span className={classes.why}>
            {t("since")} <When value={since} />
          </span>
        )}
      </span>
      <span className={classes.amounts}>
        {amounts.map((amount) => (
          <span key={amount.currency}>{money(amount)}</span>
        ))}
      </span>
      <IconChevronRight size={16} aria-hidden className={classes.arrow} />
    </HrefLink>
  );
}
