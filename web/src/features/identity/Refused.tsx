import { Alert } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Problem } from "~/api/problem";
import { refusalText } from "~/domain/refusals";

/** What a form's call was refused with, in one sentence above its fields. */
export function Refused({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <Alert color="red" role="alert" p="sm">
      {refusalText(Problem.of(error))}
    </Alert>
  );
}

/** Puts the server's field errors at their fields. */
export function putFieldErrors<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  thrown: unknown,
): void {
  for (const { field, message } of Problem.of(thrown).errors) form.setFieldError(field, message);
}
