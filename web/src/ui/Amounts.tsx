import { Text } from "@mantine/core";
import { type MoneyValue, NOTHING, useFormat } from "./format";
import { Money } from "./Money";

/** One amount in several currencies: the first, how many more there are, all of them on hover. */
export function Amounts({ values }: { values: readonly MoneyValue[] | null }) {
  const { money, number } = useFormat();
  const [first, ...more] = values ?? [];
  if (!first || !values) return NOTHING;
  if (more.length === 0) return <Money value={first} />;
  return (
    <span title={values.map((value) => money(value)).join(" + ")}>
      <Money value={first} />
      <Text span inherit c="dimmed">
        {` +${number(more.length)}`}
      </Text>
    </span>
  );
}
