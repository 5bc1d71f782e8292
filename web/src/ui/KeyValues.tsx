import type { ReactNode } from "react";
import classes from "./small.module.css";

export interface KeyValue {
  label: string;
  value: ReactNode;
}

/** Facts of one thing: names at the left, values at the right. Nothing is shown as "-". */
export function KeyValues({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className={classes.keyValues}>
      {items.map(({ label, value }) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd>{value ?? "-"}</dd>
        </div>
      ))}
    </dl>
  );
}
