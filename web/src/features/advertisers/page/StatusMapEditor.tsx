import { Button, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import {
  hasReason,
  MAPPED_STATES,
  type MappedState,
  type Meaning,
  type StatusMap,
  VERDICTS,
  withState,
  wordOf,
} from "../statusMap";

interface Props {
  map: StatusMap;
  onChange: (map: StatusMap) => void;
  disabled?: boolean;
  error?: ReactNode;
}

/** The advertiser's words for the fate of a conversion, and what they mean here. */
export function StatusMapEditor({ map, onChange, disabled, error }: Props) {
  const { t } = useTranslation("advertisers");
  const word = useWords();
  const [typed, setTyped] = useState("");
  const added = wordOf(typed);
  const isKnown = added in map;
  const put = (theirs: string, meaning: Meaning) => onChange({ ...map, [theirs]: meaning });
  const add = () => {
    if (!added || isKnown) return;
    put(added, { state: "pending" });
    setTyped("");
  };
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t("map.title")}</Title>
      <Text c="dimmed" size="sm">
        {t("map.hint")}
      </Text>
      {error ? <Text c="var(--mantine-color-error)">{error}</Text> : null}
      {!disabled && (
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t("map.new")}
            placeholder={t("map.new")}
            maxLength={60}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
            error={isKnown ? t("map.known", { word: added }) : undefined}
          />
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={add}
            disabled={!added || isKnown}
          >
            {t("map.add")}
          </Button>
        </Group>
      )}
      <Table verticalSpacing={4} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("map.theirs")}</Table.Th>
            <Table.Th scope="col">{t("map.ours")}</Table.Th>
            <Table.Th scope="col">{t("map.reason")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {Object.entries(map)
            .sort(([one], [other]) => one.localeCompare(other))
            .map(([theirs, meaning]) => (
              <Table.Tr key={theirs}>
                <Table.Th scope="row" fw={400} style={{ overflowWrap: "anywhere" }}>
                  {theirs}
                </Table.Th>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={t("map.state_of", { word: theirs })}
                    data={MAPPED_STATES.map((state) => ({
                      value: state,
                      label: word("conversion_status", state),
                    }))}
                    value={meaning.state}
                    onChange={(event) =>
                      put(theirs, withState(meaning, event.currentTarget.value as MappedState))
                    }
                    disabled={disabled}
                  />
                </Table.Td>
                <Table.Td>
                  {hasReason(meaning.state) && (
                    <NativeSelect
                      size="xs"
                      aria-label={t("map.reason_of", { word: theirs })}
                      data={VERDICTS.map((reason) => ({
                        value: reason,
                        label: word("conversion_reason", reason),
                      }))}
                      value={meaning.reason ?? ""}
                      onChange={(event) =>
                        put(theirs, { ...meaning, reason: event.currentTarget.value as Meaning["reason"] })
                      }
                      disabled={disabled}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
