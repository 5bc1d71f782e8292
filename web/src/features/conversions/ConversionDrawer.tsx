import { Group } from "@mantine/core";
import { IconArrowsMaximize } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SideDrawer } from "~/ui/SideDrawer";
import { ConversionView } from "./ConversionView";
import { ToConversion } from "./ToConversion";

/** A conversion beside the list it was found in. */
export function ConversionDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation("conversions");
  const [isAsking, setIsAsking] = useState(false);
  return (
    <SideDrawer
      opened={id !== undefined}
      // Escape belongs to the question while one is asked.
      onClose={() => !isAsking && onClose()}
      size="xl"
      title={
        <Group gap="md">
          {t("one.title")}
          {id && (
            <ToConversion id={id} fz="sm" fw={400}>
              <Group gap={4}>
                <IconArrowsMaximize size={14} aria-hidden />
                {t("one.as_page")}
              </Group>
            </ToConversion>
          )}
        </Group>
      }
    >
      {id && <ConversionView key={id} id={id} onAsking={setIsAsking} />}
    </SideDrawer>
  );
}
