import { Badge, Button, Table, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { FormError } from "~/ui/FormError";
import { EmptyState, ErrorState } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { type RewardUnit, rewardUnitsQuery, useRewardsChanged } from "./model";
import { UnitDrawer } from "./UnitDrawer";

/** Credit and points that plans of this workspace may give. */
export default function RewardUnitsPage() {
  const { t } = useTranslation("rewards");
  const mayEdit = useMay("reward_units:write");
  const [isAdding, setIsAdding] = useState(false);
  const { data: units, error, refetch, isPending } = useQuery(rewardUnitsQuery);
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsAdding(true)}>
      {t("units.add")}
    </Button>
  );
  return (
    <SettingsFrame page="reward_units" subtitle={t("units.subtitle")} action={add}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonLines lines={3} />}
      {units?.length === 0 && <EmptyState title={t("units.none")} text={t("units.none_text")} action={add} />}
      {units && units.length > 0 && <Units units={units} mayEdit={mayEdit} />}
      {isAdding && <UnitDrawer onClose={() => setIsAdding(false)} />}
    </SettingsFrame>
  );
}

function Units({ units, mayEdit }: { units: readonly RewardUnit[]; mayEdit: boolean }) {
  const { t } = useTranslation("rewards");
  const word = useWords();
  const changed = useRewardsChanged();
  const use = useMutation({
    mutationFn: async ({ code, is_active }: Pick<RewardUnit, "code" | "is_active">) => {
      const params = { path: { code } };
      return bodyOf(await client.PATCH("/v1/reward-units/{code}", { params, body: { is_active } }));
    },
    onSuccess: changed,
  });
  return (
    <>
      <FormError error={use.error} />
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("units.code")}</Table.Th>
              <Table.Th>{t("units.name")}</Table.Th>
              <Table.Th>{t("units.kind")}</Table.Th>
              <Table.Th ta="end">{t("units.decimals")}</Table.Th>
              <Table.Th>{t("column.state")}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {units.map((unit) => (
              <Table.Tr key={unit.code}>
                <Table.Td>
                  <Text span size="sm" translate="no">
                    {unit.code}
                  </Text>
                </Table.Td>
                <Table.Td translate="no">{unit.name}</Table.Td>
                <Table.Td>{word("reward_kind", unit.kind)}</Table.Td>
                <Table.Td ta="end">{unit.decimals}</Table.Td>
                <Table.Td>
                  <Badge variant="light" color={unit.is_active ? undefined : "gray"}>
                    {unit.is_active ? t("units.active") : t("units.retired")}
                  </Badge>
                </Table.Td>
                <Table.Td ta="end">
                  {mayEdit && (
                    <Button
                      variant="default"
                      size="xs"
                      disabled={use.isPending}
                      onClick={() => use.mutate({ code: unit.code, is_active: !unit.is_active })}
                    >
                      {unit.is_active ? t("units.retire") : t("units.use")}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
