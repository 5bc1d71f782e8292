import { Button, Group, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { PlacementList } from "./PlacementList";

function readState(raw: PageSearch) {
  return { placement: textOf(raw, "placement") };
}

/** The placements of one partner, on its card. */
export function PlacementsTab({ partnerId }: { partnerId: string }) {
  const { t } = useTranslation("placements");
  const [search, change] = usePageState(readState);
  const mayEdit = useMay("placements:write");
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ placement: "new" })}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <Stack gap="md">
      <Group justify="flex-end">{add}</Group>
      <PlacementList
        filter={{ partner_id: partnerId }}
        partnerId={partnerId}
        open={search.placement === "new" && !mayEdit ? undefined : search.placement}
        onOpen={(placement) => change({ placement }, { push: placement !== undefined })}
        emptyText={t("none_text")}
      />
    </Stack>
  );
}
