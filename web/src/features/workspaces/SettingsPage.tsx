import { Paper } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { useMay } from "~/domain/person";
import { AdjustmentLimit } from "~/features/adjustments/AdjustmentLimit";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { SkeletonBlock } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { SettingsFrame } from "./SettingsFrame";
import { type Workspace, WorkspaceForm } from "./WorkspaceForm";

/** The workspace itself: its name, days and currency. Owners change it, others read it. */
export default function SettingsPage() {
  const { t } = useTranslation("workspaces");
  const maySet = useMay("workspace:write");
  const mayAdjust = useMay("adjustments:write");
  const workspace = api.useQuery("get", "/v1/workspace");
  return (
    <SettingsFrame page="workspace">
      <Paper withBorder p="lg" maw={640}>
        {workspace.isPending && <SkeletonBlock height={360} />}
        {workspace.isError && (
          <ErrorState
            title={t("settings.failed")}
            error={workspace.error}
            onRetry={() => void workspace.refetch()}
          />
        )}
        {workspace.data &&
          (maySet ? <WorkspaceForm workspace={workspace.data} /> : <Facts workspace={workspace.data} />)}
      </Paper>
      {maySet && mayAdjust && <AdjustmentLimit />}
    </SettingsFrame>
  );
}

function Facts({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation("workspaces");
  const { date } = useFormat();
  return (
    <KeyValues
      items={[
        { label: t("name"), value: workspace.name },
        { label: t("timezone"), value: workspace.timezone },
        { label: t("currency"), value: workspace.reporting_currency },
        { label: t("fallback"), value: workspace.fallback_url },
        { label: t("made"), value: date(workspace.created_at) },
      ]}
    />
  );
}
