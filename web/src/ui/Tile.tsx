import { Skeleton, Tooltip } from "@mantine/core";
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFormat } from "./format";
import { HrefLink } from "./HrefLink";
import classes from "./page.module.css";
import { Sparkline } from "./Sparkline";

interface ChangeProps {
  /** As a ratio: 0.05 is five percent more. */
  ratio: number | null | undefined;
  /** Which way is good news; "none" stays grey. */
  goodWhen?: "up" | "down" | "none";
}

function feeling(ratio: number, goodWhen: "up" | "down" | "none"): "good" | "bad" | undefined {
  if (goodWhen === "none" || Math.abs(ratio) < 0.0005) return undefined;
  return ratio > 0 === (goodWhen === "up") ? "good" : "bad";
}

/** A change with its sign, an arrow and a colour. */
export function Change({ ratio, goodWhen = "up" }: ChangeProps) {
  const { change } = useFormat();
  if (ratio == null) return <span className={classes.change}>-</span>;
  const still = Math.abs(ratio) < 0.0005;
  const Arrow = still ? IconArrowRight : ratio > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <span className={classes.change} data-feel={feeling(ratio, goodWhen)}>
      <Arrow size={14} aria-hidden />
      {change(ratio)}
    </span>
  );
}

export interface TileProps {
  label: string;
  /** The formula, on hover and focus of the label. */
  hint?: string;
  value: ReactNode;
  /** Change against the comparison; leave out when nothing is compared, null when there was nothing before. */
  change?: number | null;
  goodWhen?: "up" | "down" | "none";
  /** What comes on top of the value, such as amounts of other currencies. */
  also?: ReactNode;
  /** What the comparison was, in words: "was €1,204.00". */
  before?: ReactNode;
  spark?: readonly (number | null)[];
  href?: string;
  loading?: boolean;
}

/** One figure: name with its formula, value, change, a small line of how it went. */
export function Tile({
  label,
  hint,
  value,
  change,
  goodWhen,
  also,
  before,
  spark,
  href,
  loading,
}: TileProps) {
  const hasChange = change != null || (change === null && !before);
  const name = (
    <Tooltip
      label={hint}
      disabled={!hint}
      multiline
      maw={320}
      events={{ hover: true, focus: true, touch: true }}
    >
      {hint && !href ? (
        <button type="button" className={classes.tileLabel} data-hint>
          {label}
        </button>
      ) : (
        <span className={classes.tileLabel}>{label}</span>
      )}
    </Tooltip>
  );
  const inside = (
    <>
      {name}
      <div className={classes.tileValue}>{loading ? <Skeleton height={22} my={4} width="60%" /> : value}</div>
      {also && !loading ? <div className={classes.tileAlso}>{also}</div> : null}
      <div className={classes.tileFoot}>
        <span>
          {hasChange && !loading ? <Change ratio={change} goodWhen={goodWhen} /> : null} {before}
        </span>
        {spark && !loading ? <Sparkline values={spark} /> : null}
      </div>
    </>
  );
  if (!href) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame and no legend fits here
      <div className={classes.tile} role="group" aria-label={label}>
        {inside}
      </div>
    );
  }
  return (
    <HrefLink href={href} className={classes.tile}>
      {inside}
    </HrefLink>
  );
}
