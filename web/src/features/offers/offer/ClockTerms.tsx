import { ActionIcon, Button, Group, NumberInput, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { FormError } from "~/ui/FormError";
import { bodyOf, type Offer } from "../model";

type Term = Schemas["ClockTermIn"];

const DAYS_MAX = 365;
const GROUP_CHARS_MAX = 200;

function clocksQuery(offerId: string) {
  return queryOptions({
    queryKey: ["clocks", offerId],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/clocks", { params: { query: { offer_id: offerId } }, signal })).items,
  });
}

/** Other days for a goal, for partners of a group, or for both; the most specific wins. */
export function ClockTerms({ offer, disabled }: { offer: Offer; disabled: boolean }) {
  const { t } = useTranslation("offers");
  const queries = useQueryClient();
  const terms = useQuery(clocksQuery(offer.id)).data ?? [];
  const set = useMutation({
    mutationFn: async (term: Term) => bodyOf(await client.PUT("/v1/clocks", { body: term })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["clocks"] }),
  });
  const goalName = (id?: string | null) => offer.goals.find((goal) => goal.id === id)?.name;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("clocks.help")}
      </Text>
      <FormError error={set.error} />
      {terms.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("clocks.goal")}</Table.Th>
                <Table.Th>{t("clocks.group")}</Table.Th>
                <Table.Th ta="end">{t("rules.validation")}</Table.Th>
                <Table.Th ta="end">{t("rules.hold")}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {terms.map((term) => (
                <Table.Tr key={term.id}>
                  <Table.Td>{goalName(term.goal_id) ?? t("clocks.every_goal")}</Table.Td>
                  <Table.Td>
                    {term.partner_group ?? t("clocks.every_partner")}
                    {!term.offer_id && ` (${t("clocks.every_offer")})`}
                  </Table.Td>
                  <Table.Td ta="end">{term.validation_days ?? t("clocks.as_offer")}</Table.Td>
                  <Table.Td ta="end">{term.hold_days ?? t("clocks.as_offer")}</Table.Td>
                  <Table.Td ta="end">
                    {!disabled && (
                      <ActionIcon
                        variant="subtle"
                        aria-label={t("clocks.remove")}
                        onClick={() =>
                          set.mutate({
                            offer_id: term.offer_id,
                            goal_id: term.goal_id,
                            partner_group: term.partner_group,
                          })
                        }
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {!disabled && <NewTerm offer={offer} isSaving={set.isPending} onAdd={set.mutate} />}
    </Stack>
  );
}

interface NewProps {
  offer: Offer;
  isSaving: boolean;
  onAdd: (term: Term) => void;
}

function NewTerm({ offer, isSaving, onAdd }: NewProps) {
  const { t } = useTranslation("offers");
  const [goal, setGoal] = useState<string | null>(null);
  const [group, setGroup] = useState("");
  const [validation, setValidation] = useState<number | string>("");
  const [hold, setHold] = useState<number | string>("");
  const days = (typed: number | string) => (typed === "" ? undefined : Number(typed));
  const isReady = (goal !== null || group.trim() !== "") && (validation !== "" || hold !== "");
  const add = () => {
    onAdd({
      offer_id: offer.id,
      goal_id: goal,
      partner_group: group.trim() || undefined,
      validation_days: days(validation),
      hold_days: days(hold),
    });
    setGoal(null);
    setGroup("");
    setValidation("");
    setHold("");
  };
  return (
    <Group align="flex-end" gap="xs">
      <Select
        label={t("clocks.goal")}
        placeholder={t("clocks.every_goal")}
        data={offer.goals.map(({ id, name }) => ({ value: id, label: name }))}
        value={goal}
        onChange={setGoal}
        clearable
        w={180}
      />
      <TextInput
        label={t("clocks.group")}
        placeholder={t("clocks.every_partner")}
        value={group}
        onChange={(event) => setGroup(event.currentTarget.value)}
        maxLength={GROUP_CHARS_MAX}
        w={180}
      />
      <Days label={t("rules.validation")} value={validation} onChange={setValidation} />
      <Days label={t("rules.hold")} value={hold} onChange={setHold} />
      <Button variant="default" disabled={!isReady} loading={isSaving} onClick={add}>
        {t("clocks.add")}
      </Button>
    </Group>
  );
}

interface DaysProps {
  label: string;
  value: number | string;
  onChange: (days: number | string) => void;
}

function Days(props: DaysProps) {
  return <NumberInput {...props} min={0} max={DAYS_MAX} allowDecimal={false} w={150} />;
}
