import { Text } from "@mantine/core";
import { changesOf } from "./changes";
import { type FieldOwner, useFieldWords } from "./useFieldWords";

interface Props {
  action: string;
  before: unknown;
  after: unknown;
  owner: FieldOwner;
}

/** What was changed: field, before, after. Ids alone say nothing to people and are left out. */
export function ChangeList({ action, before, after, owner }: Props) {
  const { fieldWord, valueWord } = useFieldWords(owner);
  const changes = changesOf(before, after, action).flatMap((change) => {
    const label = fieldWord(change.field);
    return label ? [{ ...change, label }] : [];
  });
  if (changes.length === 0) return null;
  return (
    <>
      {changes.map(({ field, label, before: was, after: is }) => (
        <Text key={field} size="sm" style={{ overflowWrap: "anywhere" }}>
          {label}:{" "}
          {was !== null && (
            <>
              <Text span inherit c="dimmed" td="line-through">
                {valueWord(field, was)}
              </Text>{" "}
            </>
          )}
          {valueWord(field, is)}
        </Text>
      ))}
    </>
  );
}
