import {
  IconCheck,
  IconCircleCheckFilled,
  IconClock,
  IconFlask,
  IconLock,
  IconMinus,
  IconSnowflake,
  IconX,
} from "@tabler/icons-react";
import { type Tone, toneColours } from "./palette";
import classes from "./small.module.css";

export type { Tone } from "./palette";

const ICONS: Record<Tone, typeof IconCheck> = {
  pending: IconClock,
  good: IconCheck,
  locked: IconLock,
  paid: IconCircleCheckFilled,
  frozen: IconSnowflake,
  neutral: IconMinus,
  bad: IconX,
  test: IconFlask,
};

/** A state: a word and an icon on its colour. */
export function StatusChip({ tone, label }: { tone: Tone; label: string }) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.chip} style={toneColours(tone)}>
      <Icon size={14} aria-hidden />
      <span>{label}</span>
    </span>
  );
}
