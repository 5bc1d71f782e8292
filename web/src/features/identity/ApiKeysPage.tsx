import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { KeysTable } from "./keys/KeysTable";
import { NewKey } from "./keys/NewKey";

function readState(raw: PageSearch) {
  return { new: textOf(raw, "new") };
}

/** Keys with which programs act for a person. */
export default function ApiKeysPage() {
  const { t } = useTranslation("identity");
  const mayMake = useMay("profile:write");
  const [state, change] = usePageState(useCallback(readState, []));
  const start = () => change({ new: "key" });
  const action = mayMake && (
    <Button leftSection={<IconKey size={16} aria-hidden />} onClick={start}>
      {t("keys.make")}
    </Button>
  );
  return (
    <SettingsFrame page="api_keys" subtitle={t("keys.subtitle")} action={action}>
      <KeysTable onMake={start} />
      <NewKey opened={state.new !== undefined} onClose={() => change({ new: undefined })} />
    </SettingsFrame>
  );
}
