import type { MouseEvent } from "react";
import classes from "./table.module.css";

interface Props {
  label: string;
  checked: boolean;
  mixed?: boolean;
  onToggle: (event: MouseEvent<HTMLInputElement>) => void;
}

/** A native checkbox with a target of full size: thousands of them cost nothing. */
export function Tick({ label, checked, mixed, onToggle }: Props) {
  return (
    <label className={classes.tick}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(input) => {
          if (input) input.indeterminate = mixed === true;
        }}
        onClick={onToggle}
        // The click carries the Shift key that a change does not.
        onChange={() => undefined}
      />
    </label>
  );
}
