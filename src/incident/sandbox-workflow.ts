// Where a repository has the workflow by which its own Actions prove a fix: never a patient, never written by the App.
export const sandboxWorkflowPath = '.github/workflows/self-heal.yml';
