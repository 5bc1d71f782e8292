import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";

/** The workspaces one has a place in. One goes from one to another at the top of the page. */
export function Places() {
  const { t } = useTranslation("identity");
  const word = useWords();
  const { memberships, membership_id, partner_name, advertiser_name } = useMe();
  const actsFor = partner_name ?? advertiser_name;
  return (
    <Stack gap="sm">
      {memberships.map((place) => {
        const isHere = place.id === membership_id;
        const role = word("role", place.role);
        return (
          <Group key={place.id} justify="space-between" wrap="nowrap">
            <Text fw={500} truncate>
              {place.workspace_name}
            </Text>
            <Text c="dimmed" ta="end">
              {isHere && actsFor ? `${role}, ${actsFor}` : role}
              {isHere && memberships.length > 1 && ` · ${t("places.here")}`}
            </Text>
          </Group>
        );
      })}
    </Stack>
  );
}
