import { useFormat } from "./format";

interface Props {
  value: string | null | undefined;
  /** "ago" as people say it, "date", or "time" for date and time. */
  as?: "ago" | "date" | "time";
}

const OLD_MS = 30 * 86_400_000;

/** A moment as people say it; exact on hover (the browser's own hint: thousands of them cost nothing). What is long past is said as a date. */
export function When({ value, as = "ago" }: Props) {
  const { timeAgo, date, dateTime } = useFormat();
  if (!value) return <span>-</span>;
  const old = Math.abs(Date.now() - Date.parse(value)) > OLD_MS;
  const said = as === "time" ? dateTime(value) : as === "date" || old ? date(value) : timeAgo(value);
  const exact = value.length > 10 ? dateTime(value, true) : date(value, { dateStyle: "full" });
  return (
    <time dateTime={value} title={exact}>
      {said}
    </time>
  );
}
