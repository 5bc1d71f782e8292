import { type MoneyOptions, type MoneyValue, useFormat } from "./format";
import classes from "./small.module.css";

interface Props extends MoneyOptions {
  value: MoneyValue | null | undefined;
}

/** An amount; less than nought is red besides its minus. */
export function Money({ value, ...options }: Props) {
  const { money } = useFormat();
  return (
    <span className={classes.figure} data-negative={(value && value.minor < 0) || undefined}>
      {money(value, options)}
    </span>
  );
}
