import { useFormat } from "~/ui/format";

/** A moment in a row: short, the year only where it is not this one, exact on hover. */
export function RowTime({ at }: { at: string | null | undefined }) {
  const format = useFormat();
  if (!at) return format.date(null);
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return (
    <time dateTime={at} title={format.dateTime(at, true)}>
      {format.date(at, {
        day: "numeric",
        month: "short",
        hour: "2-digit",
        minute: "2-digit",
        ...(isThisYear ? {} : { year: "numeric" }),
      })}
    </time>
  );
}
