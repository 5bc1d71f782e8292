import { Button, Stack } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { SettingsFrame } from "~/features/workspaces/SettingsFrame";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Invitations } from "./people/Invitations";
import { InviteDialog } from "./people/InviteDialog";
import { PeopleTable } from "./people/PeopleTable";

/** `invite` holds the role somebody is being invited with, `for` the partner or advertiser they will act for. */
function readState(raw: PageSearch) {
  return { invite: textOf(raw, "invite"), for: textOf(raw, "for") };
}

/** Who is in the workspace, and who is asked in. */
export default function PeoplePage() {
  const { t } = useTranslation("identity");
  const mayInvite = useMay("people:invite");
  const [state, change] = usePageState(useCallback(readState, []));
  const action = mayInvite && (
    <Button
      leftSection={<IconUserPlus size={16} aria-hidden />}
      onClick={() => change({ invite: "partner" })}
    >
      {t("people.invite")}
    </Button>
  );
  return (
    <SettingsFrame page="people" action={action}>
      <Stack gap="xl">
        <PeopleTable />
        {mayInvite && <Invitations />}
      </Stack>
      {mayInvite && state.invite && (
        <InviteDialog
          role={state.invite}
          actsFor={state.for}
          onClose={() => change({ invite: undefined, for: undefined })}
        />
      )}
    </SettingsFrame>
  );
}
