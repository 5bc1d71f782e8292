import { StatusChip } from "~/ui/StatusChip";
import { STATE_WORDS, type Stateful, toneOf } from "./states";
import { useWords } from "./words";

/** A state as a chip: the same word, colour and icon on every page. */
export function StateChip({ of, state }: { of: Stateful; state: string }) {
  const word = useWords();
  return <StatusChip tone={toneOf(state)} label={word(STATE_WORDS[of], state)} />;
}
