import { Button, Collapse, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { StatusChip, type Tone } from "~/ui/StatusChip";
import { type PaidGoal, usePayoutWords } from "./payoutWords";
import classes from "./plans.module.css";
import { placeOf, type VersionPlace } from "./rules";

type Version = Schemas["VersionOut"];
type NamedGoal = PaidGoal & { id: string };

interface Props {
  plan: Schemas["PlanOut"];
  goals: readonly NamedGoal[];
  currency: string;
  /** Names of partners by id. */
  partners: Readonly<Record<string, string>>;
}

const TONES: Record<VersionPlace, Tone> = { in_force: "good", planned: "pending", past: "neutral" };

/** Every version of a plan, newest first. */
export function PlanVersions({ plan, ...rest }: Props) {
  const { t } = useTranslation("plans");
  if (plan.versions.length === 0) return <EmptyState title={t("versions.none")} />;
  return (
    <Stack gap="xs">
      {plan.versions.map((version) => (
        <VersionCard key={version.id} version={version} {...rest} />
      ))}
    </Stack>
  );
}

function VersionCard({ version, ...rest }: { version: Version } & Omit<Props, "plan">) {
  const { t } = useTranslation("plans");
  const { dateTime, number } = useFormat();
  const place = placeOf(version, Date.now());
  const [isOpen, setIsOpen] = useState(place !== "past");
  const words = {
    in_force: t("versions.in_force"),
    planned: t("versions.planned"),
    past: t("versions.past"),
  };
  return (
    <div className={classes.version}>
      <div className={classes.versionHead}>
        <Text fw={600}>{t("versions.version", { number: number(version.version) })}</Text>
        <StatusChip tone={TONES[place]} label={words[place]} />
        <Text c="dimmed" size="sm">
          {t("versions.from", { date: dateTime(version.valid_from) })}
        </Text>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          mih={32}
          ml="auto"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? t("versions.hide") : t("versions.show")}
        </Button>
      </div>
      <Collapse expanded={isOpen}>
        <Rules version={version} {...rest} />
      </Collapse>
    </div>
  );
}

function Rules({ version, goals, currency, partners }: { version: Version } & Omit<Props, "plan">) {
  const { t } = useTranslation("plans");
  const payoutText = usePayoutWords();
  if (version.rules.length === 0) return <Text c="dimmed">{t("versions.no_rules")}</Text>;
  return (
    <Table mt="xs" verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("versions.goal")}</Table.Th>
          <Table.Th scope="col">{t("versions.partner")}</Table.Th>
          <Table.Th scope="col">{t("versions.rate")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {version.rules.map((rule) => {
          const goal = goals.find(({ id }) => id === rule.conditions.goal_id);
          const partner = rule.conditions.partner_id;
          return (
            <Table.Tr key={rule.id}>
              <Table.Td>{goal?.name ?? t("versions.every_goal")}</Table.Td>
              <Table.Td>{partner ? (partners[partner] ?? partner) : t("versions.every_partner")}</Table.Td>
              <Table.Td>{payoutText(rule.effect, goal ?? { name: "", kind: "sale" }, currency)}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
