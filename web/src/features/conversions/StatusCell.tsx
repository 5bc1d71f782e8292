import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import classes from "./conversions.module.css";
import type { Conversion } from "./model";

/** The state, and in words why it is so. */
export function StatusCell({
  conversion,
}: {
  conversion: Pick<Conversion, "status" | "reason" | "frozen_at">;
}) {
  const word = useWords();
  const reason = conversion.reason ? word("conversion_reason", conversion.reason) : undefined;
  return (
    <span className={classes.status} title={reason}>
      <StateChip of="conversion" state={conversion.frozen_at ? "frozen" : conversion.status} />
      {reason && <span className={classes.reason}>{reason}</span>}
    </span>
  );
}
