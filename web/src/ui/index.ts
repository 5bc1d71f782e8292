/** The building blocks. Where a page draws little, import the part's own file, so that its chunk stays small. */

/** The greatest few with bars from zero; the rest are "other". */
export { type BarItem, BarList, type BarListProps } from "./BarList";
/** Asks before an act that touches others or money; shows a failure in place. */
export { ConfirmDialog, type ConfirmDialogProps, type Confirmed } from "./ConfirmDialog";
/** A text, a field or a bare button to copy from. */
export { Copyable, CopyButton, CopyField } from "./Copyable";
/** A table of many rows; cards on a phone. */
export {
  type CellValue,
  type Column,
  DataTable,
  type DataTableProps,
  type RowAction,
  type Sort,
} from "./DataTable";
/** Which days are looked at and what they are compared with. */
export { DateRange, type DateRangeProps } from "./DateRange";
/** Days of a range, pure: presets, comparison, today in a zone. */
export * from "./dates";
/** Amounts and shares as they are typed. */
export { MoneyInput, PercentInput } from "./FigureInputs";
/** One sentence on top of a form; errors of fields laid at their fields. */
export { applyFieldErrors, FormError } from "./FormError";
/** Values in the person's words. */
export {
  allWhole,
  changeRatio,
  createFormat,
  currencyDigits,
  type Format,
  type MicrosValue,
  type MoneyOptions,
  type MoneyValue,
  majorUnits,
  useFormat,
} from "./format";
/** Language and zone of `useFormat`. */
export { FormatContext, type FormatSettings } from "./format-context";
/** A link to an address known as text. */
export { HrefLink, useGo } from "./HrefLink";
/** Facts of one thing. */
export { type KeyValue, KeyValues } from "./KeyValues";
/** An amount. */
export { Money } from "./Money";
/** Page, section, filters, tiles, states, skeletons. */
export * from "./Page";
/** A code to point a phone at, with downloads. */
export { QrCode } from "./QrCode";
/** Details beside the list they belong to. */
export { SideDrawer, type SideDrawerProps } from "./SideDrawer";
/** A line of a word's size. */
export { Sparkline, type SparklineProps } from "./Sparkline";
/** A state: word and icon on its colour. */
export { StatusChip, type Tone } from "./StatusChip";
/** Series over time, with a table of the same figures. */
export { type ChartSeries, type Grain, TimeChart, type TimeChartProps } from "./TimeChart";
/** What happened, in order. */
export { Timeline, type TimelineEvent } from "./Timeline";
/** Says what happened, or what failed. */
export { notifyDone, notifyFailed } from "./Toast";
/** A moment as people say it. */
export { When } from "./When";
