import { StatusChip, type Tone } from "~/ui/StatusChip";
import type { Standing } from "./payday";
import { useStandingText } from "./useStandingText";

const TONES: Record<Standing, Tone> = {
  paid_now: "good",
  payer_missing: "bad",
  faulty: "bad",
  withheld: "bad",
  missing: "bad",
  below_minimum: "neutral",
  other_method: "neutral",
  debt: "pending",
  nothing: "neutral",
};

export function StandingCell({ standing }: { standing: Standing }) {
  const text = useStandingText();
  return <StatusChip tone={TONES[standing]} label={text(standing)} />;
}
